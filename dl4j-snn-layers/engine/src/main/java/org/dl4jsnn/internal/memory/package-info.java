/** Internal: the memory that a window takes, and the refusal of a window that does not fit. */
package org.dl4jsnn.internal.memory;
