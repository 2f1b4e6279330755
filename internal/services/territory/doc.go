// Package territory is where the funding collectivity, and the academy, speak to the schools: transport, canteen,
// equipment, works, culture. Each section has editors of its own among the agents; what they publish to a choice of
// profiles, levels, kinds of schools, departments or schools arrives in each of these, under the collectivity's own name
// and colours. The collectivity learns how many people it reaches, never who has read: that is known to the reader's
// school alone. It keeps texts for two years after their last change or end, and the trace of who has read for one year.
package territory
