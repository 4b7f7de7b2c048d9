/**
 * Loaded into every process of a run of the tests. They live for seconds: what V8 spends on optimizing functions early (a seventh of the
 * cycles of stories/fleet) it would earn in minutes.
 */
'use strict'

// Bytes of bytecode that a function runs between two looks at whether to optimize it; V8's own default is 132 KB.
require('node:v8').setFlagsFromString('--interrupt-budget=4000000')
