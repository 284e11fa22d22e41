-- Asks for one path after the other, in random order: wrk -s get.lua URL -- FILE_OF_PATHS TOKEN
local requests = {}

function init(arguments)
  math.randomseed(os.time())
  for path in io.lines(arguments[1]) do
    requests[#requests + 1] = wrk.format("GET", path, {Authorization = "Bearer " .. arguments[2]})
  end
end

function request()
  return requests[math.random(#requests)]
end
