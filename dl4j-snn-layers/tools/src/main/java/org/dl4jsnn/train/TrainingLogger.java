package org.dl4jsnn.train;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of all trainings; needed since an interface cannot have private constants. */
final class TrainingLogger {

  static final Logger LOG = LoggerFactory.getLogger(Training.class);

  private TrainingLogger() {}
}
