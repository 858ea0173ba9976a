// How each plan is sold, in a sentence.

function signups(now) {
  const plans = Object.entries(now.signups || {});
  return plans.length === 0 ? ['No plan is sold here.'] : plans.map(([plan, gate]) => signupSentence(plan, gate));
}

const SALE_CAUSES = { manual: 'by hand', schedule: 'as announced', load: 'by load' };

const SALE_STATES = {
  open: 'open to everybody',
  drip: 'open to invited people only',
  paused: 'paused for people who never had it',
};

function signupSentence(plan, gate) {
  const at = (iso) => timeOfDay(Date.parse(iso));
  const cause = gate.cause ? `, ${SALE_CAUSES[gate.cause] || gate.cause}` : '';
  const since = gate.since ? ` since ${at(gate.since)}` : '';
  const until = gate.until ? ` Until ${at(gate.until)}.` : '';
  const expected = !gate.until && gate.expected_resume ? ` Expected to resume between ${gate.expected_resume.map(at).join(' and ')}.` : '';
  const told = gate.announced && gate.announced.at !== gate.until;
  const announced = told ? ` Announced: ${gate.announced.state} from ${at(gate.announced.at)} on.` : '';
  const reason = gate.reason ? ` “${gate.reason}”` : '';
  const waiting = gate.waiting > 0 ? ` ${count(gate.waiting)} on the wait-list.` : '';
  return `${plan}: ${SALE_STATES[gate.state] || gate.state}${since}${cause}.${reason}${until}${expected}${announced}${waiting}`;
}
