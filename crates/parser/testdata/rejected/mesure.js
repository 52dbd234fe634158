window.mesure = window.mesure || [];
function suivre(){mesure.push(arguments);}
suivre("js", new Date());
