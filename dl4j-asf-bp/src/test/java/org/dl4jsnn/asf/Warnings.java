package org.dl4jsnn.asf;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** The warnings of a class, kept until closed; from any thread. */
final class Warnings implements AutoCloseable {

  private final Logger logger;
  private final List<String> kept = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLevel() == Level.WARN) {
            kept.add(event.getFormattedMessage());
          }
        }
      };

  Warnings(String type) {
    logger = (Logger) LoggerFactory.getLogger(type);
    logger.setAdditive(false);
    appender.start();
    logger.addAppender(appender);
  }

  List<String> messages() {
    return List.copyOf(kept);
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    logger.setAdditive(true);
  }
}
