/**
 * Eight-bit images, and changes that keep their class, for training. Only {@link
 * org.dl4jsnn.image.ImageAugmenter} depends on ND4J.
 *
 * <pre>
 *  Image ──► ImageAugmentation ──► Image
 *  random  ──►   AutoAugment: a published policy of ImageOperations
 *
 *  DataSetIterator ──► ImageAugmenter ──► fit      a preprocessor of any source
 * </pre>
 *
 * An augmentation depends only on the image and on the random numbers that it draws.
 */
package org.dl4jsnn.image;
