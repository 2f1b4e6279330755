// Package audience says who is meant by something that is published, and who may therefore see it.
//
// A published thing carries a set of keys; a person holds a set of keys in each space; what the two sets share makes
// the thing visible. A key reads <where>:<profile>[:<level>], where the profile may be "*":
//
//	e12:guardian            the guardians of establishment 12
//	e12:pupil:6e            its pupils of level 6e
//	t5.college:guardian     the guardians of the collèges of collectivity 5
//	t5.college.d85:*        everybody in its collèges of department 85
//	a:teacher               the teachers of the academy
//	c<uuid>:guardian        the guardians of a class
//	g<uuid>:pupil           the pupils of a group
//	p<uuid>                 one person
//
// A person holds every generalisation of every membership, so that one array overlap, served by one index, is the
// whole rule. The same rule in words and figures is shown to the author before anything is sent.
package audience
