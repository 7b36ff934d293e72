package i18n

// One session in full: what is stored of it beyond its last steps.
const (
	PanelAllSteps ID = "story.panel"
	ColWith       ID = "story.with"
	StepEpisode   ID = "story.episode"
	StoryBegins   ID = "story.begins"
	StoryReads    ID = "story.reads"
	StoryStopped  ID = "story.stopped"
	StoryFailed   ID = "story.failed"
	StoryNowhere  ID = "story.nowhere"
	StoryNothing  ID = "story.nothing"
	StorySteps    ID = "story.steps"
	StoryEpisodes ID = "story.episodes"
	StoryFrom     ID = "story.from"
	StoryLeft     ID = "story.left"
	StoryGarbled  ID = "story.garbled"
)

// One person: their day, their hours, what to do next.
const (
	PanelDay       ID = "person.day"
	PanelHours     ID = "person.hours"
	PanelActions   ID = "person.actions"
	DayNothing     ID = "person.day_nothing"
	DayFrom        ID = "person.day_from"
	HoursNothing   ID = "person.hours_nothing"
	HoursTeam      ID = "person.team"
	ActionsNone    ID = "person.actions_none"
	ActionReply    ID = "action.reply"
	ActionOver     ID = "action.over"
	ActionMissed   ID = "action.missed"
	ActionIdle     ID = "action.idle"
	ActionIdleAny  ID = "action.idle_any"
	ActionWrap     ID = "action.wrap"
	ActionPause    ID = "action.pause"
	ActionDraining ID = "action.draining"
	ActionLong     ID = "action.long"
)

// The page Health: its groups of counts, what is kept on disk.
const (
	GroupArrived     ID = "health_page.arrived"
	GroupRefused     ID = "health_page.refused"
	GroupMended      ID = "health_page.mended"
	HealthAbreast    ID = "health_page.abreast"
	HealthCounted    ID = "health_page.counted"
	HealthHeard      ID = "health_page.heard"
	HealthBehind     ID = "health_page.behind"
	HealthNotCounted ID = "health_page.not_counted"
	HealthSilent     ID = "health_page.silent"
	KeptDays         ID = "health_page.days"
	KeptDaysFailed   ID = "health_page.days_failed"
	KeptAccess       ID = "health_page.access"
	KeptAccessFailed ID = "health_page.access_failed"
	KeptNone         ID = "health_page.none"
)

// The page Agents: those who want somebody, and those who are well.
const (
	PeopleWanting     ID = "people.wanting"
	PeopleNoneWanting ID = "people.none_wanting"
	PeopleOthers      ID = "people.others"
	PeopleMore        ID = "people.more"
	PeopleInBreach    ID = "people.in_breach"
	RuleNotYet        ID = "queue_page.not_yet"
	BotsNow           ID = "people.bots_now"
	BotsOf            ID = "people.bots_of"
	BotRoom           ID = "people.bot_room"
	ColBreaches       ID = "people.breaches"
	ColRated          ID = "people.rated"
	ColTransferred    ID = "people.transferred"
	ColSkills         ID = "people.skills"
	Bracketed         ID = "people.bracketed"
)

// Queues: their columns, who could help, their rules.
const (
	PanelItsRules ID = "queue_page.rules"
	RulesNone     ID = "queue_page.rules_none"
	RuleWarn      ID = "queue_page.warn"
	RuleCritical  ID = "queue_page.critical"
	ColFree       ID = "queue_page.free"
	ColPlan       ID = "queue_page.plan"
	QueueOpens    ID = "queue_page.opens"
	QueueHelpers  ID = "queue_page.helpers"
)
