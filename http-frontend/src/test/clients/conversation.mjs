// The same conversation by OpenAI's client for JavaScript, once with the backend and once through
// the gate. Prints what each step brought, and fails if the two differ in anything but ids and
// times.
//
//   node conversation.mjs BACKEND_URL GATE_URL KEY

import assert from 'node:assert/strict';
import OpenAI from 'openai';

const [backend, gate, key] = process.argv.slice(2);
if (!key) {
  console.error('usage: node conversation.mjs BACKEND_URL GATE_URL KEY');
  process.exit(2);
}

const model = 'simulated-chat';
const messages = [{role: 'user', content: 'Tell me about tides.'}];
const tools = [
  {type: 'function', function: {name: 'tide_at', parameters: {type: 'object', properties: {}}}},
];
const image = [
  {
    role: 'user',
    content: [
      {type: 'text', text: 'What is this?'},
      {type: 'image_url', image_url: {url: 'data:image/png;base64,' + 'A'.repeat(400_000)}},
    ],
  },
];

/** What stays the same from one call to the next. */
const lasting = (event) =>
  JSON.parse(JSON.stringify(event, (name, value) => (/^(id|created)$/.test(name) ? 0 : value)));

const streamed = async (client, extra, options) => {
  const events = [];
  for await (const event of await client.chat.completions.create(
    {model, messages, max_tokens: 12, stream: true, ...extra},
    options,
  )) {
    events.push(lasting(event));
  }
  return events;
};

const failing = async (call) => {
  try {
    await call();
  } catch (error) {
    return [{name: error.constructor.name, status: error.status, type: error.type}];
  }
  throw new Error('nothing failed');
};

const script = (directives) => ({headers: {'x-backend-script': directives}});

const steps = {
  'one piece': async (client) => [
    lasting(await client.chat.completions.create({model, messages, max_tokens: 12})),
  ],
  stream: (client) => streamed(client, {}),
  'stream with usage': (client) => streamed(client, {stream_options: {include_usage: true}}),
  tools: (client) => streamed(client, {tools}),
  image: (client) => streamed(client, {messages: image}),
  models: async (client) => [lasting((await client.models.list()).data)],
  'error of the upstream': (client) =>
    failing(() => streamed(client, {}, {...script('status=429'), maxRetries: 0})),
  'error after two retries': (client) =>
    failing(() => streamed(client, {}, {...script('status=500'), maxRetries: 2})),
  abort: async (client) => {
    const events = [];
    const stream = await client.chat.completions.create(
      {model, messages, max_tokens: 1000, stream: true},
      script('token-ms=20'),
    );
    for await (const event of stream) {
      events.push(lasting(event));
      if (events.length === 5) {
        stream.controller.abort();
      }
    }
    return events.slice(0, 5);
  },
};

const direct = new OpenAI({baseURL: backend + '/v1', apiKey: 'any'});
const through = new OpenAI({baseURL: gate + '/v1', apiKey: key});
for (const [step, run] of Object.entries(steps)) {
  const expected = await run(direct);
  assert.deepEqual(await run(through), expected, step);
  console.log(`${step}: ${expected.length} equal`);
}
const stranger = new OpenAI({baseURL: gate + '/v1', apiKey: 'nobody'});
assert.deepEqual(await failing(() => streamed(stranger, {})), [
  {name: 'AuthenticationError', status: 401, type: 'invalid_request_error'},
]);
console.log('a bad key: refused');
