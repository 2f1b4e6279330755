// Package bridges is where two establishments agree that people of both may write to each other and share: a collège and
// a lycée on one site, two schools with a common teacher. The head of one proposes, the head of the other accepts or
// refuses without changing a word, and either may end it at any time; it ends by itself on the day that was agreed, a year
// later at most. Each side's signature is a paper in its own scope that only the other side can read. What the other side
// did is written into this side's trail as well. Members see the bridges that concern their profile.
package bridges
