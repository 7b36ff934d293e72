// Package baseline owns learned bands: for one series it says, before a value
// arrives, between which two numbers that value is nothing unusual, how
// surprising it then was, and why, in words. Memory and time per step do not
// grow. It must not know rules, the engine, screens or the wall clock.
//
// The question asked is not how many deviations a value lies from a mean but
// how rare it is in this series' own history. An expectation by time of day is
// taken off, and three lenses look at what is left: now (the difference), drift
// (its slow average) and level (the value's quick average, against everything
// remembered). Each lens keeps a forgetting histogram; its surprise is minus the
// decimal logarithm of the rarer tail, both sides counted. The total is now plus
// half of drift plus half of level.
//
// Five points that need a decision, and the decision taken. The first three
// were compared on generated labelled series by the scorer in score_test.go.
//
//   - One incident, one alert. A latch remembers the largest surprise and fades.
//     Only a value more surprising than the faded latch counts; every other
//     value scores 0, at whatever threshold the score is read later. Because a
//     latch of all surprises hides exactly what a latch of only those above a
//     threshold hides, one run can be swept over thresholds.
//   - What is learned while a breach fires is the business of whoever holds the
//     breach: Moment.Firing pauses learning, for at most an hour in one piece. A
//     series run alone has no breach and always learns; pausing on its own
//     surprise keeps recurring bursts for ever unknown.
//   - The latch's half-life, like the lenses', is kept in time: 500 steps of five
//     minutes, 42 hours.
//   - A range beyond the grid is one doubling of the grid, since the grid grows
//     by doubling: a value far out is more surprising, but not without measure.
//   - The sum of the three lenses may dip twice, so values of little surprise may
//     have a gap between them. The band is the least interval that holds them
//     all, and a value in the gap does not fire. Where no value at all stays
//     below the limit (drift and level both far out) the band is what surprises
//     least.
package baseline
