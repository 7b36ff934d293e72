// Package cdr owns the reading of foreign tables of contacts (call detail
// records, ticket logs, message logs) into events, as a strict TOML map says.
// It knows the vocabulary of package metrics and nothing of the engine, the
// wire, NATS, screens or other adapters.
//
// # Maps
//
// A map describes one table format. There are two kinds of table:
//
//   - one row per contact: the map has [answered] and [abandoned], which say in
//     which columns a contact's times stand;
//   - one row per event: the map has [[row]] entries, which say what a row with
//     a certain activity does to its session.
//
// Keys of both kinds:
//
//	about     = "what this is"
//	format    = "csv"                # csv (default), tsv, jsonl
//	delimiter = ";"                  # csv only, one character; default ","
//	columns   = ["a", "b"]           # names, for a table without a header line
//	expand    = ["turns"]            # jsonl: each element of these is a row of its own,
//	                                 # with the parent's fields and _list, the field's name
//	source    = "/cdr/acme"          # default: /cdr/ and the map's name
//	floor     = "acme"
//	channel   = "voice"
//	session   = "{line}-{number}"    # texts with {column} in them
//	queue     = "{skill}"
//	agent     = "{agent}"
//	customer  = "{caller}"
//	topic     = "{topic}"
//	priority  = "{priority}"
//	zone      = "Asia/Jerusalem"     # of times that carry no zone
//
//	[unset]                          # values that mean "not set"; "*" holds for every
//	"*" = ["?"]                      # column; an empty value never is set
//	agent = ["NO_SERVER"]
//	[needs]                          # a column that means nothing unless another is set
//	queue_exit = "queue_start"
//
//	[time]
//	layout      = "%H:%M:%S"         # see below
//	date        = "date"             # column of the day, where the times hold none
//	date_layout = "%y%m%d"
//	order       = ["in", "out"]      # columns in the order in which they happen: a time more
//	                                 # than 12 h before the one before it is on the next day
//
// A text in which no named column is set is not given. Column names are as in
// the header; the second column of one name is "name.2".
//
// Layouts are written as in strftime: %Y %y (69 to 68 is 1969 to 2068) %m %d
// %H %I %p %M %S %f (fraction of a second) %b (Jan) %z (+02:00, +0200, Z) %s
// (seconds since the epoch, with or without a fraction) %Q (milliseconds) %%. Numbers may lack
// their leading zero. A layout without a zone is local time in the map's zone:
// of a clock time that happens twice the first is meant, unless that runs back
// by half an hour or more.
//
// One row per contact:
//
//	outcome = "outcome"              # column; without it a row that has the times of
//	                                 # an answered contact is one
//	[answered]
//	when   = ["AGENT"]               # values of the outcome column
//	wait   = [["queue_start", "queue_exit"], ["answer", "answer"]]
//	                                 # begin and end of the wait: the first pair that is set
//	closed = ["hangup"]              # the first that is set; none: at the wait's end
//	[abandoned]
//	when = ["HANG"]
//	wait = [["queue_start", "queue_exit"]]
//	[skipped]
//	when = ["PHANTOM"]
//	[rating]
//	score = "{stars}"
//	scale = "5"
//	[resolution]
//	column = "resolved"
//	resolved = ["Y"]
//	unresolved = ["N"]
//	[[message]]                      # a message at the time of a column
//	by = "customer"
//	at = ["first_message"]
//
// "+column" in the place of a time is the time before it (a wait's begin for
// its end, the wait's end for closed and at) plus a duration, in seconds or as
// h:mm:ss.
//
// One row per event:
//
//	activity    = "{state}"
//	reopened_by = "customer"         # who brings a closed session back; default not known
//	[time]
//	column = "updated_at"
//	[[row]]
//	when = ["New", "Assigned"]       # values of activity
//	do   = ["queued"]                # see below; none: the row is counted as ignored
//	by   = "customer"                # for message and closings; queue, agent, customer may
//	queue = "{group}"                # be given too and stand for those above
//
// What a row does, applied in this order of words: opened (begin a session,
// and its wait if a queue is known), queued, assigned, held, message,
// resolved, unresolved, completed, abandoned, cancelled. A row that would
// change nothing is counted as unchanged; work on a closed session reopens it.
// A session whose own row names no queue takes the first that any of its
// later rows names.
package cdr
