/**
 * Internal: the matrix products of fully connected layers, for minibatches in single precision on
 * the host, on the blocks that {@link org.dl4jsnn.internal.kernel.MatrixKernel} multiplies. Like
 * the convolutions of {@link org.dl4jsnn.internal.convolve} they serve the dense parts of training.
 */
package org.dl4jsnn.internal.product;
