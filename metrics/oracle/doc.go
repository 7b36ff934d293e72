// Package oracle recomputes the floor's figures another way: it keeps every
// raw event, replays the day from nothing for each instant it is asked about,
// and answers by filtering lists of intervals and instants. It is slow on
// purpose and serves tests only. It must not know the engine, its windows or
// the catalogue.
//
// # Readings
//
// Where the definitions of outcome, bot and cohort figures leave a choice, the
// oracle reads them so; those of waits, clocks and people are package metrics'.
//
//   - Episode facts are laid to the last leg's agent and queue, else the last
//     segment's; a reopening to who had the episode before. A topic's facts are
//     those of sessions about it at that moment, a touchpoint's those of sessions
//     opened there, reopenings included.
//   - What is said of an episode closed as spam counts nowhere. The close of an
//     episode that goes on after an overflow is taken back with all it decided.
//   - Parts of a rating are on the scale of its score; those missing renormalise.
//   - Compliance counts a session once, at its first screening, and its first
//     violation by agent, bot or nobody named when it is found; never below 0.
//   - Transfers need a running leg. transfer_rate of a row: episodes with a
//     transfer sent there. A transfer or a hand-off is decided when a person is
//     assigned, or by the close.
//   - fcr: any reopening but by an agent, or another session of the customer
//     opened by them, within 24 h of the close and about the same at some moment
//     of it. While either topic is unknown it is no return, and is one when the
//     24 h are over. What has failed stays so. ai_resolution_effective asks for
//     no topic.
//   - repeat_rate: customer-begun episodes whose customer had another one open at
//     some moment of the last 24 h / customer-begun episodes.
//   - repeat_complaint: the seven days up to the clock, whatever the window.
//   - time_to_resolve: at each resolved close, since the session's first opening;
//     of complaints also where the tag comes after that close.
//   - conversion: sessions, each once, in the minute and place they were opened,
//     at queues where and when the first segment began. A paid order is credited
//     to the session of its customer with the newest reply (a person's or the
//     bot's; on the phone the answer), if anybody but an automaton wrote there in
//     the 24 h before; without a customer to the session that told of it.
//   - An order is reminded at its first event that says so. Unpaid ones are
//     forgotten after seven days.
//   - repurchase_rate: episodes closed that a person had, of customers with an
//     order before: those with another one created within 24 h / all.
//   - enquiry_conversion: of today only; an order counts when created or paid.
//   - A label less sure than 0.6 changes nothing, one without confidence counts;
//     negative and angry are negative; a reopened episode has none yet.
//   - bot_share asks for no bot: closed without a person. layer_share counts who
//     waited and met nobody at no layer.
//   - Tiers are an episode's: last told, else 1; who talks or holds the
//     line has the session for tier_mismatch, not who wraps up or is brought in.
//   - bot_capacity: totals, else slots, of machines that are not offline.
//   - score: each part rests on 20 cases or is missing; response is that of turns,
//     of ASA where there are none.
//   - topic_spike, deflection_guard and the uplifts need a learned band or a base
//     from the configuration and are not recomputed.
//
// # What still differs
//
// No figure is left out of the comparison, but rare floors still differ:
// agents_idle looked at in the very moment in which a colleague takes what rang
// at several (one floor of 500), and repurchase_rate of customers whose earlier
// order is a week old and forgotten by the engine (one of 500).
// The order of arrival is compared without what is told of customers, and
// without the figures that package metrics names under Order.
package oracle
