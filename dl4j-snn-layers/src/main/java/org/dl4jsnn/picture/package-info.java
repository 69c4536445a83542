/**
 * Eight-bit pictures, and changes that keep their class, for training. Only {@link
 * org.dl4jsnn.picture.PictureAugmenter} depends on ND4J.
 *
 * <pre>
 *  Picture ──► PictureAugmentation ──► Picture
 *  random  ──►   one class each
 *                AutoAugment: a published policy of PictureOperations
 *
 *  DataSetIterator ──► PictureAugmenter ──► fit      a preprocessor of any source
 * </pre>
 *
 * An augmentation depends only on the picture and on the random numbers that it draws.
 */
package org.dl4jsnn.picture;
