package i18n

// What explaining a number says besides what every number has.
const (
	ExplainTarget     ID = "explain.target"
	ExplainNoTarget   ID = "explain.no_target"
	ExplainCritical   ID = "explain.critical"
	ExplainLeftOut    ID = "explain.left_out"
	ExplainNothing    ID = "explain.nothing"
	ExplainSettled    ID = "explain.settled"
	ExplainSettledOf  ID = "explain.settled_of"
	ExplainUnmeasured ID = "explain.unmeasured"
	ExplainDiffers    ID = "explain.differs"
	ExplainEvery      ID = "explain.every"
	ExplainMore       ID = "explain.more_lines"
	ExplainRule       ID = "explain.rule"
	ExplainSince      ID = "explain.since"
	ExplainSinceFor   ID = "explain.since_for"
	ExplainReason     ID = "explain.reason"
	ExplainReturn     ID = "explain.return"
	ExplainBase       ID = "explain.base"
	ExplainBand       ID = "explain.band"
	ExplainLearned    ID = "explain.learned"
	ExplainSteps      ID = "explain.steps"
	ExplainPeak       ID = "explain.peak"
	ExplainTrail      ID = "explain.trail"
	ExplainUnit       ID = "explain.unit"
	ExplainKept       ID = "explain.kept"
)
