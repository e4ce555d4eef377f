"""The desk: the site's pages from memory, in a browser on this machine, and the real files written from there."""
