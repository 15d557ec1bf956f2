// Reads lines of {"value", "from", "to"} (instants) and answers each with the stretches that are not closed.
// {"stretches": [[start, end, isUncertain, comment]…]} in milliseconds, or {"error"}.

const readline = require('node:readline')
const OpeningHours = require('opening_hours')

// The place matters for public holidays only, which no string of ours names.
const PLACE = { lat: 24.87, lon: 118.68, address: { country_code: 'cn', state: '' } }

function answer ({ value, from, to }) {
  try {
    const hours = new OpeningHours(value, PLACE)
    const stretches = hours.getOpenIntervals(new Date(from), new Date(to))
    return { stretches: stretches.map(([start, end, isUncertain, comment]) => [+start, +end, isUncertain, comment ?? '']) }
  } catch (error) {
    return { error: String(error) }
  }
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  process.stdout.write(JSON.stringify(answer(JSON.parse(line))) + '\n')
})
