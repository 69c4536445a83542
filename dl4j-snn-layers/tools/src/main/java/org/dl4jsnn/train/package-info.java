/**
 * Training for hours: a loop that survives kills, full disks and unreadable data, and then
 * continues as if it had never stopped, bit for bit.
 *
 * <pre>
 *  TrainingSettings ──┐                 ┌──► MODEL.zip        network, updater, place in the epoch
 *  TrainingData ──────┼──► Training ────┼──► MODEL-best.zip   best on held-out samples
 *  StopRequest ───────┤                 └──► MODEL-log.csv    one row per epoch
 *  network ───────────┘
 *                               └──► TrainingObserver, TrainingResult
 * </pre>
 *
 * <p>Start with {@link org.dl4jsnn.train.Training}. Nothing here writes to the terminal: messages
 * go to SLF4J, or to your own {@link org.dl4jsnn.train.TrainingObserver}.
 */
package org.dl4jsnn.train;
