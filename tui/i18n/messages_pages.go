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
