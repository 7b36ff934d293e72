package i18n

// The wall: breach lines, what is closest to a limit, promotions, figures that
// fill the screen, rotation.
const (
	OthersWell       ID = "wall.others_well"
	WellSince        ID = "wall.well_since"
	Closest          ID = "wall.closest"
	ClosestOf        ID = "wall.closest_of"
	Beyond           ID = "wall.beyond"
	BeyondShort      ID = "wall.beyond_short"
	BeyondUnsure     ID = "wall.beyond_unsure"
	NoneWatched      ID = "wall.none_watched"
	OthersWatched    ID = "wall.others_watched"
	UnsettledReading ID = "wall.unsettled_reading"
	ShortReading     ID = "wall.short_reading"
	BadgeRecovers    ID = "wall.badge_recovers"
	BreachAfter      ID = "wall.after"
	QuitAgain        ID = "wall.quit_again"
	FlowPromotion    ID = "wall.promotion"
	TileTarget       ID = "wall.tile_target"
	TurningNext      ID = "wall.turning_next"
	TurningPaused    ID = "wall.turning_paused"
	TurningHeld      ID = "wall.turning_held"
	TurningAlarmed   ID = "wall.turning_alarmed"
	ColSinceWho      ID = "wall.col_since_who"
	StaleJudges      ID = "wall.stale_judges"
	UnsettledJudges  ID = "wall.unsettled_judges"
	OthersHere       ID = "wall.others_here"
	Masked           ID = "wall.masked"
	ChartByHour      ID = "wall.chart_by_hour"
)
