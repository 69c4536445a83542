/**
 * Changes to events that leave a sample's class as it is, for training. It knows neither layers nor
 * ND4J.
 *
 * <pre>
 *  EventTable ──► EventAugmentation ──► EventTable
 *  random     ──►   one file each
 * </pre>
 *
 * What an augmentation does depends on the events and on the numbers that it draws, and on nothing
 * else.
 */
package org.dl4jsnn.event.augment;
