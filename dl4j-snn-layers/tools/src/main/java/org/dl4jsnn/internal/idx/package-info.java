/** Files in the IDX format of MNIST, read into memory. */
package org.dl4jsnn.internal.idx;
