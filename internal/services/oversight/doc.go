// Package oversight is the console from which a collectivity looks after its establishments and the academy after all of
// them: figures, a table, a map, a sheet for each establishment, the waves of the deployment, the national directory, who
// edits the sections, and what is opened, suspended, closed or merged. A collectivity sees its own establishments alone.
// Lists, filters and the map come from the registry, which is in memory; how many people there are comes from sums.
package oversight
