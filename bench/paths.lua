-- Asks for paths drawn at random from a file: wrk … -s paths.lua URL -- FILE
-- At the end prints: loaded, requests a second, p99 in ms, bytes an answer, failures.
local requests = {}

function init(arguments)
  math.randomseed(1)
  for path in io.lines(arguments[1]) do
    requests[#requests + 1] = wrk.format("GET", path)
  end
end

function request()
  return requests[math.random(#requests)]
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format("loaded %.0f %.2f %.0f %d", summary.requests / summary.duration * 1e6, latency:percentile(99) / 1000,
    summary.bytes / summary.requests, errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
