package kpi

import (
	"strings"

	"wallboard/metrics"
)

// Words returns the reason as people read it behind a count, in English and
// Chinese. A reason that has no words yet reads as its name.
func (r Reason) Words() (english, chinese string) {
	switch r {
	case ExcludedOutOfHours:
		return "begun outside opening hours", "非营业时间开始"
	case ExcludedShort:
		return "given up within the short limit", "短时限内放弃"
	case ExcludedCompleted:
		return "closed without saying whether resolved", "关闭时未说明是否解决"
	case ExcludedLastTurn:
		return "closed by the customer before an answer was due", "回复到期前客户已关闭"
	case ExcludedNotReviewed:
		return "not reviewed", "未复核"
	case ExcludedMissingPart:
		return "rated without this part", "评价缺此项"
	case ExcludedUndecided:
		return "not decided yet", "尚未判定"
	case ExcludedOtherCurrency:
		return "in another currency", "其他币种"
	case ExcludedWithBot:
		return "served by machines", "由机器人接待"
	case ExcludedNoBotVerdict:
		return "closed with the bot without a verdict", "机器人会话未说明是否解决"
	case ExcludedOverflowed:
		return "overflowed", "溢出"
	case ExcludedElsewhere:
		return "moved to another queue or withdrawn", "转入其他队列或撤回"
	case ExcludedNoReply:
		return "closed without a human reply", "无人工回复即关闭"
	}
	name := strings.ReplaceAll(string(r), "_", " ")
	return name, name
}

// OriginWords returns where a target comes from, in English and Chinese.
func (t Target) OriginWords() (english, chinese string) {
	switch t.Origin {
	case OriginConfigured:
		return "set in the configuration", "来自配置"
	case twelve:
		return "one of the twelve indicators", "十二项指标"
	case "shipped default":
		return t.Origin, "出厂默认"
	case "shipped default, chat":
		return t.Origin, "出厂默认（在线会话）"
	case "shipped default, voice":
		return t.Origin, "出厂默认（语音）"
	case "shipped default, email":
		return t.Origin, "出厂默认（邮件）"
	case "shipped default, overload":
		return t.Origin, "出厂默认（过载）"
	case "seed rule":
		return "the first rule of this board", "本看板的首条规则"
	}
	chinese = t.Origin
	for _, w := range [...][2]string{
		{"guide values ", "参考值 "}, {"guide value, acceptable wait ", "参考值，可接受等待 "}, {"guide value ", "参考值 "},
		{"general trade ", "一般行业 "}, {" min", " 分钟"}, {" s (JD)", " 秒（京东）"}, {" s (Taobao)", " 秒（淘宝）"},
	} {
		chinese = strings.ReplaceAll(chinese, w[0], w[1])
	}
	return t.Origin, chinese
}

// Words returns the mark as it stands beside a value, in English and Chinese.
func (n Note) Words() (english, chinese string) {
	switch n {
	case NoteUnweighted:
		return "unweighted: no outcome is known", "未加权：结果未知"
	case NoteGrows:
		return "the backlog grows", "积压增长中"
	case NoteInferred:
		return "membership inferred from who took work", "成员由接待记录推断"
	case NoteUpper:
		return "upper bound: it can only fall", "上限：只会降低"
	case NoteLower:
		return "lower bound: it can only rise", "下限：只会升高"
	case NotePartly:
		return "made without the parts that have no data", "缺数据的部分未计入"
	}
	return string(n), string(n)
}

// Words returns when a KPI's values are of, in English and Chinese.
func (k Kind) Words() (english, chinese string) {
	switch k {
	case Now:
		return "true now, the same in every window", "当前值，与窗口无关"
	case Fixed:
		return "over a window of its own", "固定窗口"
	case Cohort:
		return "of sessions that began or closed in the window; each is decided within 24 h, until then a bound", "按窗口内开启或关闭的会话，24小时内判定，此前为界限值"
	}
	return "over the window on the screen, whole minutes", "所选窗口，按整分钟"
}

// Words returns the direction as people read it.
func (d Direction) Words() (english, chinese string) {
	switch d {
	case More:
		return "more is better", "越高越好"
	case Less:
		return "less is better", "越低越好"
	case Within:
		return "within a band is good", "区间内为好"
	}
	return "a volume: neither way is good", "量值：无好坏方向"
}

// VariantFormula returns how a service-level variant is counted, in English and
// Chinese.
func VariantFormula(v metrics.Variant) (english, chinese string) {
	switch v {
	case metrics.VariantOffered:
		return "answered within T / (answered + abandoned)", "T内接起 ÷（接起 + 放弃）"
	case metrics.VariantAnsweredOnly:
		return "answered within T / answered", "T内接起 ÷ 接起"
	case metrics.VariantRemoved:
		return "(answered + abandoned + overflowed, each within T) / all three", "（接起 + 放弃 + 溢出，各在T内）÷ 三者之和"
	case metrics.VariantLateAbandons:
		return "answered within T / (answered + abandoned beyond T)", "T内接起 ÷（接起 + 超T放弃）"
	case metrics.VariantSL2:
		return "(answered within T + abandoned within T) / (answered + abandoned)", "（T内接起 + T内放弃）÷（接起 + 放弃）"
	case metrics.VariantWithOverflow:
		return "answered within T / (answered + abandoned + overflowed)", "T内接起 ÷（接起 + 放弃 + 溢出）"
	}
	return "answered within T / (answered + abandoned − short)", "T内接起 ÷（接起 + 放弃 − 短时放弃）"
}
