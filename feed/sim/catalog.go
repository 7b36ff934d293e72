package sim

// The channels of the floor; indexes into channelNames.
const (
	chat = iota
	app
	wechat
	voice
	email
	numChannels
)

var channelNames = [numChannels]string{"chat", "app", "wechat", "voice", "email"}

// queueSpec describes a queue: its skill and the hours, in minutes of the day,
// in which live contacts are taken.
type queueSpec struct {
	id         string
	open, shut int
	priority   int32
	topics     []string
	overflow   string // queue that takes over a long wait in chat, "" for none
}

const dayMinutes = 24 * 60

// The fourteen queues of the shop. Ids are what people call them, so some are
// Chinese.
var queueSpecs = []queueSpec{
	{"presale", 8 * 60, dayMinutes, 2, []string{"size", "stock", "price", "coupon", "product"}, "售前"},
	{"售前", 8 * 60, dayMinutes, 2, []string{"size", "price", "coupon", "live-stream", "product"}, "presale"},
	{"aftersale", 8 * 60, dayMinutes, 2, []string{"return", "exchange", "quality", "defect", "warranty"}, ""},
	{"售后", 8 * 60, dayMinutes, 2, []string{"return", "exchange", "quality", "missing-part"}, ""},
	{"refund", 8 * 60, dayMinutes, 3, []string{"refund", "funds", "refund-delay"}, ""},
	{"logistics", 8 * 60, dayMinutes, 1, []string{"delivery", "delivery-delay", "address", "lost-parcel"}, ""},
	{"complaint", 8 * 60, dayMinutes, 5, []string{"complaint", "quality", "privacy", "attitude"}, ""},
	{"vip", 8 * 60, dayMinutes, 6, []string{"product", "price", "return", "gift"}, ""},
	{"发票", 8 * 60, dayMinutes, 1, []string{"invoice", "tax-number"}, ""},
	{"payment", 8 * 60, dayMinutes, 3, []string{"payment", "funds", "coupon"}, ""},
	{"technical", 8 * 60, dayMinutes, 1, []string{"setup", "app-error", "defect", "warranty"}, ""},
	{"cross-border", 8 * 60, dayMinutes, 2, []string{"customs", "delivery", "tax-number"}, ""},
	{"mail", 0, dayMinutes, 1, []string{"return", "invoice", "product"}, ""},
	{"night", 0, dayMinutes, 1, []string{"delivery", "refund", "product"}, ""},
}

// streamSpec is one flow of customers: a queue on a channel and its share of
// all arrivals in percent.
type streamSpec struct {
	queue   string
	channel int
	share   float64
	curve   int
}

var streamSpecs = []streamSpec{
	{"presale", chat, 17, curveShop}, {"presale", voice, 1.7, curveOffice},
	{"售前", wechat, 13, curveShop},
	{"aftersale", chat, 13, curveShop}, {"aftersale", voice, 2.8, curveOffice},
	{"售后", wechat, 11, curveShop},
	{"refund", app, 10, curveShop},
	{"logistics", wechat, 11, curveShop},
	{"complaint", voice, 1.6, curveOffice},
	{"vip", chat, 4, curveShop},
	{"发票", app, 4, curveShop},
	{"payment", app, 4, curveShop},
	{"technical", chat, 3, curveShop},
	{"cross-border", chat, 1.5, curveShop}, {"cross-border", email, 0.5, curveOffice},
	{"mail", email, 1, curveOffice},
}

// teamSpec describes a team: how many of the floor's 150 people it has, what
// they can take at once, and the queues they serve, in their order.
type teamSpec struct {
	id       string
	people   int
	slots    [numChannels]int32
	total    int32
	queues   []teamQueue
	langs    []string
	tierPlus int8 // added to everyone's tier
	night    bool
}

type teamQueue struct {
	queue    string
	priority int32
	share    float64 // part of the team that serves it
}

var teamSpecs = []teamSpec{
	{id: "售前一组", people: 22, slots: [numChannels]int32{chat: 5, wechat: 5}, total: 5, langs: []string{"zh"},
		queues: []teamQueue{{"presale", 1, 1}, {"technical", 2, 1}}},
	{id: "售前二组", people: 15, slots: [numChannels]int32{chat: 5, wechat: 5}, total: 5, langs: []string{"zh"},
		queues: []teamQueue{{"售前", 1, 1}, {"presale", 2, 0.5}}},
	{id: "aftersale", people: 16, slots: [numChannels]int32{chat: 5}, total: 5, langs: []string{"zh"},
		queues: []teamQueue{{"aftersale", 1, 1}, {"technical", 3, 0.4}}},
	{id: "售后二组", people: 24, slots: [numChannels]int32{wechat: 5}, total: 5, langs: []string{"zh"},
		queues: []teamQueue{{"售后", 1, 1}, {"logistics", 1, 1}}},
	{id: "refund", people: 12, slots: [numChannels]int32{app: 5}, total: 5, langs: []string{"zh"},
		queues: []teamQueue{{"refund", 1, 1}}},
	{id: "财务组", people: 10, slots: [numChannels]int32{app: 5}, total: 5, langs: []string{"zh"},
		queues: []teamQueue{{"payment", 1, 1}, {"发票", 2, 1}}},
	{id: "voice", people: 33, slots: [numChannels]int32{voice: 1}, total: 1, langs: []string{"zh", "yue"}, tierPlus: 1,
		queues: []teamQueue{{"complaint", 1, 1}, {"aftersale", 2, 1}, {"presale", 3, 1}}},
	{id: "vip", people: 8, slots: [numChannels]int32{chat: 4, voice: 1}, total: 4, langs: []string{"zh", "en"}, tierPlus: 2,
		queues: []teamQueue{{"vip", 1, 1}, {"complaint", 2, 1}}},
	{id: "global", people: 7, slots: [numChannels]int32{chat: 3, email: 3}, total: 5, langs: []string{"zh", "en"}, tierPlus: 1,
		queues: []teamQueue{{"cross-border", 1, 1}, {"mail", 2, 1}}},
	{id: "夜班", people: 3, slots: [numChannels]int32{chat: 4, app: 4, wechat: 4, email: 2}, total: 5, langs: []string{"zh"}, night: true,
		queues: []teamQueue{{"night", 1, 1}, {"mail", 3, 1}}},
}

// machineNames are the AI agents; they are introduced with profile bot.
var machineNames = []string{"小智", "小蜜", "Ada", "Bolt"}

// touchpoints by channel: where in the shop the contact began.
var touchpoints = [numChannels][]string{
	chat:   {"product-page", "cart", "order-page", "help-centre"},
	app:    {"my-orders", "wallet", "order-page", "scan"},
	wechat: {"mini-program", "公众号", "live-stream"},
	voice:  {"hotline", "callback-request"},
	email:  {"mailbox", "web-form"},
}

var (
	surnames   = []string{"王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "高", "罗", "欧阳", "司马"}
	givenNames = []string{"伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "洋", "艳", "勇", "杰", "娟", "涛", "明", "超", "秀英", "建国", "晓东", "雨桐", "子涵", "欣怡", "浩然", "梓萱"}
	latinFirst = []string{"Lin", "Mei", "Amy", "Leo", "Vivian", "Kevin", "Grace", "Tony", "Zoë", "José", "Nina", "Oliver"}
	latinLast  = []string{"Wang", "Chen", "Zhao", "Smith", "García", "Nguyễn", "Okafor", "Tan", "Müller", "Kowalski"}
)

var (
	ratingReasons  = []string{"slow reply", "not solved", "attitude", "transferred too often", "unclear answer"}
	goodReasons    = []string{"fast", "patient", "solved", "专业"}
	emotionLabels  = []string{"neutral", "positive", "negative", "angry"}
	screeningRules = []string{"promise-of-cure", "absolute-claim", "off-platform-payment", "rude-word"}
	skillNames     = []string{"apparel", "electronics", "cosmetics", "food"}
)

func teamIndex(id string) int {
	for i := range teamSpecs {
		if teamSpecs[i].id == id {
			return i
		}
	}
	return -1
}
