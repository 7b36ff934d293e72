package i18n

// The page Staffing.
const (
	StaffByTable   ID = "staffing.by_table"
	StaffByQueue   ID = "staffing.by_queue"
	StaffByChannel ID = "staffing.by_channel"
	StaffByTeam    ID = "staffing.by_team"
	StaffNoRows    ID = "staffing.no_rows"
	StaffKeys      ID = "staffing.keys"
	StaffTab       ID = "staffing.tab"

	StaffNeeded  ID = "staffing.needed"
	StaffHere    ID = "staffing.here"
	StaffToSpare ID = "staffing.to_spare"
	StaffMissing ID = "staffing.missing"

	StaffShort    ID = "staffing.short"
	StaffSpare    ID = "staffing.spare"
	StaffEnough   ID = "staffing.enough"
	StaffNobody   ID = "staffing.nobody"
	StaffNobodyOf ID = "staffing.nobody_of"
	StaffUnable   ID = "staffing.unable"
	StaffUnableOf ID = "staffing.unable_of"
	StaffLate     ID = "staffing.late"
)

// Who could move.
const (
	StaffMoves      ID = "staffing.moves"
	StaffNoMoves    ID = "staffing.no_moves"
	StaffMoreShort  ID = "staffing.more_short"
	StaffTake       ID = "staffing.take"
	StaffFrom       ID = "staffing.from"
	StaffSlotsFree  ID = "staffing.slots_free"
	StaffNobodyIdle ID = "staffing.nobody_idle"
	StaffOverdue    ID = "staffing.overdue"
	StaffSoon       ID = "staffing.soon"
)

// The columns of its tables.
const (
	StaffColPlace       ID = "staffing.col_place"
	StaffColGap         ID = "staffing.col_gap"
	StaffColHere        ID = "staffing.col_here"
	StaffColIn          ID = "staffing.col_in"
	StaffColHandle      ID = "staffing.col_handle"
	StaffColLoad        ID = "staffing.col_load"
	StaffColFree        ID = "staffing.col_free"
	StaffColPlanned     ID = "staffing.col_planned"
	StaffColForecast    ID = "staffing.col_forecast"
	StaffColPaused      ID = "staffing.col_paused"
	StaffColBack        ID = "staffing.col_back"
	StaffColAway        ID = "staffing.col_away"
	StaffColDraining    ID = "staffing.col_draining"
	StaffColShared      ID = "staffing.col_shared"
	StaffColErlangs     ID = "staffing.col_erlangs"
	StaffColOffered     ID = "staffing.col_offered"
	StaffColCovered     ID = "staffing.col_covered"
	StaffColIdle        ID = "staffing.col_idle"
	StaffColIdleWaiting ID = "staffing.col_idle_waiting"
	StaffColPlan        ID = "staffing.col_plan"
)

// Its panels about one row.
const (
	StaffHelp           ID = "staffing.help"
	StaffNext           ID = "staffing.next"
	StaffContacts       ID = "staffing.contacts"
	StaffPeople         ID = "staffing.people"
	StaffWhy            ID = "staffing.why"
	StaffComing         ID = "staffing.coming"
	StaffComingHow      ID = "staffing.coming_how"
	StaffBacklog        ID = "staffing.backlog"
	StaffBacklogHow     ID = "staffing.backlog_how"
	StaffSlots          ID = "staffing.slots"
	StaffSlotsEach      ID = "staffing.slots_each"
	StaffSlotsElsewhere ID = "staffing.slots_elsewhere"
	StaffHandleHow      ID = "staffing.handle_how"
	StaffHereHow        ID = "staffing.here_how"
	StaffLoadHow        ID = "staffing.load_how"
	StaffPlanned        ID = "staffing.planned"
	StaffPlannedHow     ID = "staffing.planned_how"
	StaffBreaksHow      ID = "staffing.breaks_how"
	StaffNextBack       ID = "staffing.next_back"
	StaffNoHandle       ID = "staffing.no_handle"
	StaffNoHelp         ID = "staffing.no_help"
	StaffNobodyHas      ID = "staffing.nobody_has"
	StaffServes         ID = "staffing.serves"
	StaffSkills         ID = "staffing.skills"
	StaffTheirGap       ID = "staffing.their_gap"
	StaffAllSkills      ID = "staffing.all_skills"
	StaffSomeSkills     ID = "staffing.some_skills"
)

// How the day is going to go.
const (
	StaffNoPlan         ID = "staffing.no_plan"
	StaffNoPlanDo       ID = "staffing.no_plan_do"
	StaffNoPlanWait     ID = "staffing.no_plan_wait"
	StaffDayOver        ID = "staffing.day_over"
	StaffRatio          ID = "staffing.ratio"
	StaffRatioWeek      ID = "staffing.ratio_week"
	StaffWeek           ID = "staffing.week"
	StaffAsPlanned      ID = "staffing.as_planned"
	StaffFromTime       ID = "staffing.from_time"
	StaffExpected       ID = "staffing.expected"
	StaffScheduled      ID = "staffing.scheduled"
	StaffLegendPlan     ID = "staffing.legend_plan"
	StaffLegendWeek     ID = "staffing.legend_week"
	StaffLegendCame     ID = "staffing.legend_came"
	StaffLegendExpected ID = "staffing.legend_expected"
	StaffLegendHad      ID = "staffing.legend_had"
	StaffLegendNeeded   ID = "staffing.legend_needed"
)
