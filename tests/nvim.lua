-- What somebody does in Neovim, told as JSON: arguments are the catalog, the page and the file for the answer.
local catalog, page, out = unpack(_G.told)
local found = {}

local function wait(what, is)
  if not vim.wait(30000, is, 20) then
    found.stuck = what .. ': ' .. vim.inspect(vim.diagnostic.get(0)) .. vim.fn.execute('messages')
    error(what)
  end
end

local function codes()
  local all = {}
  for _, one in ipairs(vim.diagnostic.get(0)) do
    all[tostring(one.code)] = one.lnum + 1
  end
  return all
end

local function at(words)
  vim.api.nvim_win_set_cursor(0, { vim.fn.search(words, 'cw'), 0 })
end

local function day()
  vim.cmd.edit(catalog)
  found.filetype = vim.bo.filetype
  wait('the server comes', function() return #vim.lsp.get_clients({ bufnr = 0, name = 'lockstep' }) == 1 end)
  wait('what is said at first', function() return codes().spaces ~= nil end)
  found.opened = codes()

  at('Tome 5 mg')
  vim.cmd([[normal! f5s50]]) -- as typed: only what changes is sent
  wait('a wrong number', function() return codes().number ~= nil end)
  found.typed, found.line = codes(), vim.fn.line('.')
  vim.cmd.undo()
  wait('the number mended', function() return codes().number == nil end)

  at('Tome 5 mg')
  vim.lsp.buf.hover()
  local float
  wait('a hover', function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then float = window end
    end
    return float ~= nil
  end)
  found.hover = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(float), 0, -1, false), '\n')
  vim.api.nvim_win_close(float, true)

  at('Descanse')
  vim.lsp.buf.code_action({ apply = true, filter = function(one) return one.title == 'Mend [spaces]' end })
  wait('a fix', function() return vim.fn.search('Descanse después de', 'cnw') > 0 end)
  found.fixed = vim.fn.getline(vim.fn.search('Descanse', 'cnw'))
  vim.cmd.undo()

  at('Tome 5 mg')
  vim.lsp.buf.definition()
  wait('the page', function() return vim.fn.expand('%:p') == page end)
  found.leads = vim.fn.line('.')

  wait('the page is known', function() return #vim.lsp.get_clients({ bufnr = 0, name = 'lockstep' }) == 1 end)
  vim.cmd([[normal! f5s50]])
  wait('the impact', function() return codes()['impact-critical'] ~= nil end)
  found.impact = codes()['impact-critical']
end

local fine, problem = pcall(day)
found.problem = not fine and tostring(problem) or nil
vim.fn.writefile({ vim.json.encode(found) }, out)
vim.cmd('qall!')
