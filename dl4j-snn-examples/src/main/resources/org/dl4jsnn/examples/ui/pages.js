
/* Added by dl4j-snn: the way to the page of spiking layers, and the times of a training. */
$(document).ready(function () {
    var link = $("<li class='nav-item'><a class='nav-link' href='/spiking'>"
        + "<i class='nav-icon cui-layers'></i>Spiking</a></li>");
    $(".sidebar-nav > .nav > .nav-item").not(".nav-dropdown").last().after(link);
});

/* The overview empties both cells with every answer that it gets. */
$(document).ajaxComplete(function (event, answer, request) {
    if (!/overview\/data$/.test(request.url)) {
        return;
    }
    $.getJSON("/train/" + encodeURIComponent(currSession) + "/times", function (times) {
        $("#startTime").text(times.start);
        $("#totalRuntime").text(times.runtime);
    });
});
