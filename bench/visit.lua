-- Records visits as a representative does: a temperature, a sign, a memo, a topic and a promise.
-- wrk -s visit.lua URL -- FILE_OF_HCP_IDS TOKEN
local temperatures = {"favorable", "neutral", "skeptical", "enthusiastic"}
local requests = {}

local body = [[{"hcp": "%s", "temperature": "%s",
  "discussion": "腎機能が低下した患者での用量について質問を受け、資料を渡した。",
  "signs": ["sought_debate"],
  "memos": [{"kind": "resonated", "text": "症例データに強く反応した"}],
  "topics": [{"kind": "question", "text": "腎機能別の用量"}],
  "promises": [{"deliverable": "腎機能別の用量表を送る", "due_at": "2027-01-15T09:00:00Z"}]}]]

function init(arguments)
  math.randomseed(os.time())
  local headers = {Authorization = "Bearer " .. arguments[2], ["Content-Type"] = "application/json"}
  for id in io.lines(arguments[1]) do
    for _, temperature in ipairs(temperatures) do
      requests[#requests + 1] =
        wrk.format("POST", "/api/v1/visit", headers, body:format(id, temperature))
    end
  end
end

function request()
  return requests[math.random(#requests)]
end
