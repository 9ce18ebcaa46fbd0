-- Looks up accounts nobody knows, each once: wrk … -s unlisted.lua URL -- FIRST_NUMBER
-- At the end prints: loaded, requests a second, p99 in ms, failures.
local number = 0

function init(arguments)
  number = tonumber(arguments[1])
end

function request()
  number = number + 1
  return wrk.format("GET", string.format("/v1/accounts/bluesky/unlisted%d.example", number))
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format("loaded %.0f %.1f %d", summary.requests / summary.duration * 1e6, latency:percentile(99) / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
