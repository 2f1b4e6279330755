// Package mustread is for what must reach its people: a school that closes tomorrow, a bus that does not run, a child who is
// waiting. Heads and school life write a short text, choose for whom and until when everybody should have it. Before it is sent
// they read whom it will reach and how, when, what it may cost and who pays, and how much these families have had to read
// this week.
//
// Once sent, the message climbs for each person from the portal to e-mail, text message, voice and a printed letter, and stops
// as soon as the person acknowledges. The page of the message shows live how many are reached and who is left; its ledger says
// for each person who was informed, when, how and at whose expense. It is kept for a year.
package mustread
