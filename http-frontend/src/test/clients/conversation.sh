#!/bin/sh
# The same requests by curl, once with the backend and once through the gate, compared byte for
# byte but for ids and times.
#
#   conversation.sh BACKEND_URL GATE_URL KEY
set -eu
backend=${1:?usage: conversation.sh BACKEND_URL GATE_URL KEY}
gate=${2:?}
key=${3:?}
body='"model":"simulated-chat","max_tokens":12,"messages":[{"role":"user","content":"Tides?"}]'

ask() { # URL MORE_OF_THE_BODY [CURL_OPTION...]
  url=$1
  more=$2
  shift 2
  curl -sN --max-time 20 -w '%{http_code} %{content_type}\n' "$@" \
    -H "Authorization: Bearer $key" -H 'Content-Type: application/json' \
    -d "{$more$body}" "$url/v1/chat/completions" |
    sed -E 's/"(id|created)":("[^"]*"|[0-9]+)/"\1":0/g'
}

same() { # NAME MORE_OF_THE_BODY [CURL_OPTION...]
  name=$1
  more=$2
  shift 2
  expected=$(ask "$backend" "$more" "$@")
  if [ "$(ask "$gate" "$more" "$@")" != "$expected" ]; then
    echo "$name: differs" >&2
    exit 1
  fi
  echo "$name: $(printf '%s\n' "$expected" | wc -l) equal lines"
}

same 'one piece' ''
same 'stream' '"stream":true,'
same 'stream with usage' '"stream":true,"stream_options":{"include_usage":true},'
same 'tools' '"stream":true,"tools":[{"type":"function","function":{"name":"f"}}],'
same 'error of the upstream' '"stream":true,' -H 'x-backend-script: status=429'
same 'HTTP/1.0' '' --http1.0
same 'offer of HTTP/2' '"stream":true,' --http2
same 'Expect: 100-continue' '"stream":true,' -H 'Expect: 100-continue'
same 'chunked' '"stream":true,' -H 'Transfer-Encoding: chunked'
