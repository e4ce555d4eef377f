"""The product in the editors that people already use, by the Language Server Protocol: `lockstep lsp`."""
