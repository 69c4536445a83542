/**
 * Pictures of eight bits, and changes to them that leave their class as it is, for training. Only
 * {@link org.dl4jsnn.picture.PictureAugmenter} knows ND4J.
 *
 * <pre>
 *  Picture ──► PictureAugmentation ──► Picture
 *  random  ──►   one file each
 *                AutoAugment: a published policy of PictureOperations
 *
 *  DataSetIterator ──► PictureAugmenter ──► fit      a preprocessor of any source
 * </pre>
 *
 * What an augmentation does depends on the picture and on the numbers that it draws, and on nothing
 * else.
 */
package org.dl4jsnn.picture;
