/**
 * Training for hours: a loop that survives kills, full disks and unreadable data, and goes on after
 * any of them as if it had never stopped, bit for bit.
 *
 * <pre>
 *  TrainingSettings ──┐                 ┌──► MODEL.zip        network, updater, place in the epoch
 *  TrainingData ──────┼──► Training ────┼──► MODEL-best.zip   best on the samples held out
 *  StopRequest ───────┤                 └──► MODEL-log.csv    a row per epoch
 *  network ───────────┘
 *                               └──► TrainingObserver, TrainingResult
 * </pre>
 *
 * <p>{@link org.dl4jsnn.train.Training} is where to begin. Nothing here writes to the terminal:
 * what happens goes to SLF4J, or to a {@link org.dl4jsnn.train.TrainingObserver} of your own.
 */
package org.dl4jsnn.train;
