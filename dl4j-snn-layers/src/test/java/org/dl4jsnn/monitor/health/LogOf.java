package org.dl4jsnn.monitor.health;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What a class logs, kept until closed. */
final class LogOf implements AutoCloseable {

  private final Logger logger;
  private final ListAppender<ILoggingEvent> kept = new ListAppender<>();

  LogOf(Class<?> type) {
    logger = (Logger) LoggerFactory.getLogger(type);
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    kept.start();
    logger.addAppender(kept);
  }

  List<String> messages(Level level) {
    return kept.list.stream()
        .filter(event -> event.getLevel() == level)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(kept);
    logger.setAdditive(true);
    logger.setLevel(null);
  }
}
