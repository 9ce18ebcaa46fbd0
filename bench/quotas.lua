-- Asks for accounts nobody knows, at a set rate from 20 connections: wrk -t1 -c20 … -s quotas.lua URL -- CALLS_A_SECOND
-- At the end prints: asked, answers of 200, of 429, of others.
local pause = 0
local threads = {}
passed, refused, failed = 0, 0, 0

function setup(thread)
  table.insert(threads, thread)
end

function init(arguments)
  math.randomseed(1)
  pause = 20 * 1000 / tonumber(arguments[1])
end

function delay()
  return math.floor(pause)
end

function request()
  return wrk.format("GET", "/v1/accounts/bluesky/unlisted" .. math.random(10000) .. ".example")
end

function response(status)
  if status == 200 then passed = passed + 1
  elseif status == 429 then refused = refused + 1
  else failed = failed + 1 end
end

function done(summary)
  local sums = { passed = 0, refused = 0, failed = 0 }
  for _, thread in ipairs(threads) do
    for name in pairs(sums) do sums[name] = sums[name] + thread:get(name) end
  end
  local errors = summary.errors
  print(string.format("asked %d %d %d", sums.passed, sums.refused,
    sums.failed + errors.connect + errors.read + errors.write + errors.timeout))
end
