// Package queuelog owns the reading of Asterisk's queue_log into events, from a
// file or from the log of a running PBX as it grows and rotates. It knows the
// vocabulary of package metrics and nothing of the engine, the wire, NATS,
// screens or other adapters.
//
// A line is
//
//	epoch|callid|queue|agent|VERB|parameters...
//
// and becomes events as follows; the call id is the session, the channel is
// voice unless told otherwise.
//
//	ENTERQUEUE                                 session.queued
//	CONNECT                                    session.assigned
//	RINGNOANSWER, RINGCANCELED                 session.offer_failed: missed, withdrawn
//	COMPLETEAGENT, COMPLETECALLER              session.closed by agent, by customer
//	ABANDON                                    session.closed abandoned
//	EXITWITHTIMEOUT, EXITEMPTY, EXITWITHKEY    session.closed overflowed, the last by customer
//	TRANSFER, BLINDTRANSFER, ATTENDEDTRANSFER  session.transferred, session.closed: the call goes on
//	                                           under another id, or outside
//	ADDMEMBER, REMOVEMEMBER                    agent.joined, agent.left
//	PAUSE, UNPAUSE                             agent.presence in that queue
//	PAUSEALL, UNPAUSEALL                       agent.presence
//	AGENTLOGIN, AGENTCALLBACKLOGIN             agent.presence available
//	AGENTLOGOFF, AGENTCALLBACKLOGOFF           agent.presence offline
//	QUEUESTART                                 session.closed cancelled, for each session that waits
//
// Every other verb is counted, by name, and has no effect. An event's id is a
// hash of its line, so reading a log again yields the same ids.
package queuelog
