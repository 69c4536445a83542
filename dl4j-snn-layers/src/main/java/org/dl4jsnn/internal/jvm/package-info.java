/**
 * Internal: what the library knows about the Java virtual machine that its kernels run in. The
 * runtime's jar does not contain this package.
 */
package org.dl4jsnn.internal.jvm;
