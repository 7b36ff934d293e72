package queuelog

import (
	"encoding/csv"
	"strings"
)

// exportHeader begins a table of the log as reporting tools export it, with
// the columns uid, date_time, callid, queue_name, type (the agent), event,
// param1, param2, param3, entpos, expos, htime, ttime, time.
const exportHeader = "uid,date_time,callid,queue_name,type,event,"

// exportColumns is how many of them are used.
const exportColumns = 13

// rearranged turns a row of such a table into the line of the log that it came
// from, so that both have the same event ids.
func rearranged(row string) (string, error) {
	r := csv.NewReader(strings.NewReader(row))
	r.LazyQuotes, r.FieldsPerRecord = true, -1
	f, err := r.Read()
	if err != nil || len(f) < exportColumns {
		return "", errCSV
	}
	param1, param2, param3, entered, left, held, talked := f[6], f[7], f[8], f[9], f[10], f[11], f[12]
	line := f[1:6:6]
	switch f[5] {
	case "ENTERQUEUE":
		line = append(line, "", param1, entered)
	case "CONNECT":
		line = append(line, held, param2, param3)
	case "COMPLETEAGENT", "COMPLETECALLER":
		line = append(line, held, talked, entered)
	case "ABANDON", "EXITWITHTIMEOUT", "EXITEMPTY":
		line = append(line, left, entered, held)
	case "BLINDTRANSFER", "TRANSFER":
		line = append(line, param2, param3, held, talked, entered)
	case "RINGNOANSWER", "RINGCANCELED":
		line = append(line, held)
	case "OUTDIAL", "OUTCANCEL", "OUTANSWER", "OUTTRANSFER", "OUTCHANUNAVAIL", "OUTCONGESTION":
		line = append(line, param1, param2, held, talked)
	default:
		if param1+param2+param3 != "" {
			line = append(line, param1, param2)
		}
	}
	return strings.Join(line, "|"), nil
}
