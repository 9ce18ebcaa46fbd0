-- Reports accounts with tokens from a file, in turn: wrk … -s reports.lua URL -- FILE ACCOUNTS
-- At the end prints: reported, answers a second of 202, p99 in ms, of 429, of others.
local tokens, accounts = {}, 0
local threads = {}
accepted, refused, failed = 0, 0, 0

function setup(thread)
  table.insert(threads, thread)
end

function init(arguments)
  math.randomseed(1)
  for token in io.lines(arguments[1]) do
    tokens[#tokens + 1] = token
  end
  accounts = tonumber(arguments[2])
end

function request()
  local body = string.format(
    '{"account":{"network":"bluesky","name":"did:plc:bench%019d"},"practice":"follow-churn","note":"%d"}',
    math.random(accounts), math.random(1000000))
  return wrk.format("POST", "/v1/reports", {
    ["Authorization"] = "Bearer " .. tokens[math.random(#tokens)],
    ["Content-Type"] = "application/json" }, body)
end

function response(status)
  if status == 202 then accepted = accepted + 1
  elseif status == 429 then refused = refused + 1
  else failed = failed + 1 end
end

function done(summary, latency)
  local seconds, sums = summary.duration / 1e6, { accepted = 0, refused = 0, failed = 0 }
  for _, thread in ipairs(threads) do
    for name in pairs(sums) do sums[name] = sums[name] + thread:get(name) end
  end
  print(string.format("reported %.0f %.1f %.0f %.0f", sums.accepted / seconds, latency:percentile(99) / 1000,
    sums.refused / seconds, sums.failed / seconds))
end
