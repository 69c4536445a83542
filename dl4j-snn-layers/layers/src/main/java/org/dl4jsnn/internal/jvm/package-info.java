/**
 * Internal: what the library knows about the Java virtual machine that its kernels run in. The
 * engine does without this package.
 */
package org.dl4jsnn.internal.jvm;
