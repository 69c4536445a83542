/** Internal: what a window takes, and the refusal of one that does not fit. */
package org.dl4jsnn.internal.memory;
