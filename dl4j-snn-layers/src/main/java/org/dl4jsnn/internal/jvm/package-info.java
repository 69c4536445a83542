/**
 * Internal: what the library knows of the Java virtual machine that its kernels run in. The
 * runtime's jar does without this package.
 */
package org.dl4jsnn.internal.jvm;
