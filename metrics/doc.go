// Package metrics owns the vocabulary of the floor (Event, Session, Agent,
// Queue, Level), the Engine that folds events into base figures, and the
// immutable Snapshot that everything else reads. It must not know NATS, the
// wire's JSON, Bubble Tea or the wall clock: its result is a pure function of
// settings, events in order and clock ticks.
//
// # Readings
//
// Where the definitions of the events and figures leave a choice, the engine
// reads them so:
//
//   - Waiting is open segments of live contacts. A session offered to an agent
//     without a segment (passed straight on) waits in no figure, or the identity
//     of the segments would not hold.
//   - A reopened id begins an episode and counts in opened; so do opened and
//     queued on an id that has closed. Reopened counts those by the customer.
//   - opened at queue scopes is counted when the first segment begins.
//   - An id that nothing announced (no opened, queued or reopened within the
//     hold-back) opens with the earliest of what waits for it, counts as opened
//     and as origin_unknown, and its waits are marked. A held, resumed, joined,
//     left, wrap or failed offer cannot open one: misfit. Ratings, orders, tags,
//     screenings and emotions of unknown ids count without a session.
//   - A bot left by queued, offered, assigned or transferred is a hand-off, as if
//     it had been said.
//   - Taken by a machine while waiting ends the segment as withdrawn.
//   - A close abandons if its outcome is abandoned, or cancelled by the customer;
//     offers ringing then count as left by the customer.
//   - spam counts no close, no left_unanswered, no reply rates; what was counted
//     before it stays.
//   - A leg is counted where it ends. A wrap that begins after its talk was ended
//     by a transfer or the close takes that end back: the leg is counted again,
//     once, when the wrap ends. Wraps last at most 30 min only after a close.
//   - Such a wrap may begin up to an hour after the close (of the last 65,536
//     legs); later ones are counted alone, their leg stays counted.
//   - A joined leg (but a monitor's) holds a slot and is handled when it ends.
//   - An unnamed person is a person of their own: each of their legs is busy time
//     at floor, channel and queue scopes.
//   - An agent's channels are those of their capacity and those they had a leg
//     on. Without a capacity, each brings the channel's setting with it. Use on a
//     channel of capacity 0 is a full load.
//   - Time of people (available, idle, occupancy, pauses) is of floor, team and
//     agent; slots and load also of the queues they are members of and not
//     paused in, from when queue and channel were first heard of together.
//     Unknown presence is neither available nor online.
//   - Uncovered is claimed only of queues of which some member's presence or
//     membership was said. An agent who never said their skills or languages is
//     taken to have them.
//   - Turns begin outside the bot's part, before an answer too. Only a person's
//     message ends one; unanswered is an open turn of an active or held session.
//     reply_rate_3m asks 180 s of every channel; what is still open at the day
//     start is decided in the last minute of the day before.
//   - The first-reply clock starts at the hand-off, else the customer's first
//     message, else the queue, the stronger replacing the weaker until the reply;
//     at the queue alone where the answer is the reply. Callbacks, messages and
//     what an agent started or reopened have none.
//   - omnichannel_rate: every episode is decided at its first reply, its close, or
//     the channel's limit after its start, in the queue it is in then.
//   - A callback closed before its time is due at its time, and broken. A message
//     is decided at its reply, its close, or its limit; an overflow leaves it open.
//   - handled_sessions of a row: episodes with a leg that ended in it.
//   - Who listens in (monitor) takes no slot, and is engaged but not busy.
//   - A contact begun outside opening or duty hours keeps its segment's counts;
//     they are also counted in the Out figures, and its waits are in none of the
//     Within. Its first reply, turns and omnichannel are not counted.
//   - Email and messages run against open time; other channels against all time.
//   - Events of one moment of one session stay in the order told as long as it is
//     legal; otherwise queued, assigned, closed.
//   - A figure of levels counts a moment of two changes both ways.
//   - Episode facts of quality are counted at the event that says them, for the
//     owner of that moment. Complaints, refunds and screenings count once an id;
//     ratings, moods and tiers once an episode. A later violation takes the clean
//     screening back in its own minute; what a customer wrote is none.
//   - tier_mismatch is of who talks or holds the line, not of who wraps up.
//   - A mood counts from the configured confidence on; one without counts.
//   - Nothing said of a session after it closed as spam counts, but for checks of
//     moods.
//   - A transfer or hand-off is decided by the next person who takes the session,
//     or its close; an overflow's close that goes on is taken back with all that
//     it decided. A transfer belongs to its sender, once an episode in each row.
//   - time_to_resolve is of every close as resolved, from the id's first opening.
//   - An episode ended at the bot had no person and no segment; a tier is the last
//     told, of episodes that a person had.
//   - fcr and ai_resolution_effective: within 24 h of the close, the same id
//     reopened by anybody but the agent, or another id of the customer opened, not
//     by an agent; of the same topic for fcr, as last told. While either topic is
//     untold it is open until the 24 h are over, and then a return. What has once
//     been a return stays one, whatever topic is told later.
//   - repeat_rate: of what customers opened, those whose customer had another
//     episode begun before that was open in the 24 h before.
//   - An order is the customer's that its first event knows. It is credited to the
//     session last replied to, by a person or the bot, of that customer, or else
//     of the customer it is paid by, if that was spoken in within 24 h; to its own
//     where nobody knows a customer (of a session without a touchpoint told later
//     than 90 s after its close to none, and at queues to the last one).
//     A session is credited once, an id asks once: where it opened, and in the
//     queue and minute of its first segment.
//   - The curve of orders over first response times: every first reply counts once,
//     in the hour and queue x channel in which it was given; the order credited
//     to its session counts there too, with its amount, unless it was told before
//     the session's first counted reply, or 26 h after that hour began. Of a
//     session answered in several episodes, the first answer has the order.
//   - enquiry_conversion is of today: customers by row, and those of them with an
//     order created or paid that day.
//   - repurchase_rate is of closes that a person had, of customers with an order
//     before: a further one created within 24 h.
//   - repeat_complaint is of the seven days up to the clock.
//   - Amounts are of the floor's currency: the configured one, else the first told.
//   - Topics and touchpoints have rows of episode facts only, the first sixteen of
//     the floor's day by name. opened of a topic is counted when it is first told.
//     A session reopened a day and two hours after its close has no touchpoint.
//   - Shares of a busy moment are whole ShareUnits: of more than ten sessions at
//     once aht_concurrent is out by up to 1e-8.
//   - Closed sessions are remembered for two days: one that is reopened later
//     counts its time_to_resolve from there.
//   - Visits are kept 26 h from their close, orders a week, and of one
//     customer the last 128 visits are looked at: a pseudonym that thousands share
//     must not cost their square.
//
// # Order
//
// An event older than the newest of its session is folded where it belongs:
// later ones are taken back and folded again, as far back as the hold-back
// reaches (at most 8,192 events of all sessions, 64 of one, and sessions of at
// most sixteen legs). Figures are then those of the right order, but for: the
// peaks (longest wait, most waiting, most at once), which never fall;
// ConcurrentShare of sessions of one agent that overlap the correction, which
// is settled where a leg ends; BusyMs and omnichannel verdicts of queues; slots
// of a queue x channel first heard of meanwhile; since when an agent does what
// they do; events whose hold-back ran out before what they needed came; and
// presence, profile and membership, which are taken as they arrive, so that
// occupancy moves by the delay.
package metrics
