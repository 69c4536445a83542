/**
 * Changes to events that keep a sample's class, for training. Depends on neither layers nor ND4J.
 *
 * <pre>
 *  EventTable, random ──► EventAugmentation ──► EventTable
 * </pre>
 *
 * The result of an augmentation depends only on the events and the random numbers.
 */
package org.dl4jsnn.event.augment;
